import { statusRoute } from '../status-action';

export const POST = statusRoute('retire', 'review', 'Retire an entry: it is not suggested any more');
