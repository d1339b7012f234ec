#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// What is set already wins over the file.
if (existsSync(here('../.env'))) process.loadEnvFile(here('../.env'));
register({ tsconfig: here('./tsconfig.json') });
await import('./main.ts');
