import { statusRoute } from '../status-action';

export const POST = statusRoute('publish', 'review', 'Publish an entry, or bring back a retired one');
