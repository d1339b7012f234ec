import { statusRoute } from '../status-action';

export const POST = statusRoute('reject', 'review', 'Send an entry in review back to its draft');
