#!/usr/bin/env node
import { requireNode, ensureBuilt, ensureInstalled } from '../scripts/setup.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { main } = await import('../dist/cli/index.js');
await main(process.argv.slice(2));
