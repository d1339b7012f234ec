import { type ClassValue, clsx } from 'clsx';
import { mergeClasses } from './merge-classes';

/** Class names joined; of two Tailwind utilities for one property the later wins. */
export const cn = (...inputs: ClassValue[]): string => mergeClasses(clsx(inputs));
