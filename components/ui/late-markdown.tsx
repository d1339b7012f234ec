'use client';

import dynamic from 'next/dynamic';

/**
 * `Markdown` whose parser is loaded after the page: the server has rendered the text already, so nothing moves when it
 * comes. For whatever lives in the browser anyway; pages of the server use `Markdown`.
 */
export const LateMarkdown = dynamic(() => import('./markdown').then((module) => module.Markdown));
