/** Read by the layout on the server, so that the page arrives with the sidebar as it was left. */
export const SIDEBAR_COOKIE = 'errata.sidebar';
