import { courierEntries } from './entries-courier';
import { ordersEntries } from './entries-orders';
import { pricingEntries } from './entries-pricing';
import { webEntries } from './entries-web';

/** All thirty, in the order in which they were written down. */
export const entries = [...ordersEntries, ...webEntries, ...pricingEntries, ...courierEntries];
