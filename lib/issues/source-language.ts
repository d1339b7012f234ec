const BY_EXTENSION: Record<string, string> = {
  ...{ js: 'javascript', jsx: 'javascript', mjs: 'javascript', cjs: 'javascript' },
  ...{ ts: 'typescript', tsx: 'typescript', mts: 'typescript', cts: 'typescript' },
  ...{ py: 'python', pyi: 'python', go: 'go', rs: 'rust', java: 'java', kt: 'kotlin', kts: 'kotlin' },
  ...{ rb: 'ruby', php: 'php', cs: 'csharp', swift: 'swift' },
  ...{ c: 'cpp', h: 'cpp', cc: 'cpp', cpp: 'cpp', cxx: 'cpp', hpp: 'cpp' },
  ...{ sh: 'bash', bash: 'bash', sql: 'sql', css: 'css', html: 'xml', xml: 'xml', vue: 'xml', svelte: 'xml' },
  ...{ yml: 'yaml', yaml: 'yaml', json: 'json', toml: 'ini' },
};

/** The language of a source file by its name, as the highlighter calls it. */
export function sourceLanguage(filename: string | undefined): string | undefined {
  const extension = /\.([a-z0-9]{1,8})(?:[?#].*)?$/i.exec((filename ?? '').slice(-300))?.[1];
  return extension && Object.hasOwn(BY_EXTENSION, extension.toLowerCase())
    ? BY_EXTENSION[extension.toLowerCase()]
    : undefined;
}
