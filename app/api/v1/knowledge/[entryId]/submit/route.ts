import { statusRoute } from '../status-action';

export const POST = statusRoute('submit', 'write', 'Send a draft to review');
