import { type Checker, NodeBuilderFlags, SymbolFlags, type Type } from 'typescript/unstable/sync';
import type { LoadedCell } from '../cell.ts';
import { afterName, READABLE } from '../type-text.ts';
import type { Completion } from '../types.ts';
import type { Candidate } from './candidates.ts';
import { typeOfSymbol, typeOfValue } from './types.ts';

/** Signatures are a help in a list, no reason to wait for it. */
const LIMIT_MS = 3;
const LIMIT = 40;
/** Of so many the machine may be as slow as it likes. */
const ALWAYS = 12;

const LONGEST = 400;
/** Those of which the type of the value says more. */
const VALUES = new Set(['function', 'variable', 'property']);

export function toItems({ project }: LoadedCell, candidates: Candidate[]): Completion[] {
  const first = withSignatures(project.checker, candidates.slice(0, LIMIT), LIMIT_MS);
  return [...first, ...candidates.slice(LIMIT)].map(({ text, type, signature }) =>
    signature ? { text, type, signature } : { text, type },
  );
}

/** With what stands behind their names, such as `(values: number[]): number` or `: string`, as far as the time reaches. */
export function withSignatures(checker: Checker, candidates: Candidate[], limitMs: number): Candidate[] {
  const until = performance.now() + limitMs;
  const isLate = () => performance.now() > until;
  const resolved = candidates.map((candidate, index) =>
    index >= ALWAYS && isLate() ? candidate : withoutAlias(checker, candidate),
  );
  const wanted = resolved.filter(({ type, symbol }) => symbol && VALUES.has(type));
  const types = wanted.length > 0 ? checker.getTypeOfSymbol(wanted.map(({ symbol }) => symbol!)) : [];
  const signatures = new Map<Candidate, string>();
  for (const [index, type] of types.entries()) {
    if (index >= ALWAYS && isLate()) break;
    if (type && !type.isErrorType()) signatures.set(wanted[index]!, signatureOf(checker, type));
  }
  return resolved.map(candidate => {
    const known = { ...candidate, symbol: undefined };
    const signature = signatures.get(candidate);
    if (!signature) return known;
    const type = typeOfValue(known.type, known.name, signature);
    return VALUES.has(type) ? { ...known, type, signature } : { ...known, type };
  });
}

function signatureOf(checker: Checker, type: Type): string {
  const text = checker.typeToString(type, undefined, READABLE);
  // A shortened function has lost the end by which its parts are told.
  const isShortened = /^[<(]|^\{ [<(]/.test(text) && text.includes('...');
  const signature = afterName(
    isShortened ? checker.typeToString(type, undefined, READABLE | NodeBuilderFlags.NoTruncation) : text,
  );
  return signature.length > LONGEST ? `${signature.slice(0, LONGEST)}…` : signature;
}

function withoutAlias(checker: Checker, candidate: Candidate): Candidate {
  const { symbol, name } = candidate;
  if (!symbol || !(symbol.flags & SymbolFlags.Alias)) return candidate;
  const target = checker.getAliasedSymbol(symbol);
  return { ...candidate, symbol: target, type: typeOfSymbol(name, target.flags) };
}
