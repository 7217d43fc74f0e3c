export * from './errors.ts';
export * from './prepared.ts';
export * from './progress.ts';
export * from './random.ts';
export * from './scope.ts';
export * from './shape.ts';
export * from './table.ts';
