import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Class names joined; of two Tailwind utilities for one property the later wins. */
export const cn = (...inputs: ClassValue[]): string => twMerge(clsx(inputs));
