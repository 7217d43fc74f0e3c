declare module '*.css';

declare module '*/build/generated/extensions.js' {
  export const plugins: unknown[];
  export const mimeExtensions: unknown[];
}
