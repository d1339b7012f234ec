export { ChartsSkeleton as default } from '@/components/ui/page-skeleton';
