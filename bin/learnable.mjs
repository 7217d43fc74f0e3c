#!/usr/bin/env node
import { ensureBuilt, ensureInstalled, requireNode } from '../scripts/setup.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { main } = await import('../dist/cli/index.js');
await main(process.argv.slice(2));
