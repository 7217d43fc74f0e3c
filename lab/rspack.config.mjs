// Plain static bundling: everything that Lab needs to start is in one script and one style sheet, whatever is used
// later (Plotly, MathJax, Mermaid, the editor's languages) in chunks of its own.
import path from 'node:path';
import { rspack } from '@rspack/core';

const assets = {
  rules: [
    { test: /\.raw\.css$/, type: 'asset/source' },
    { test: /(?<!\.raw)\.css$/, type: 'css' },
    { test: /\.(md|txt)$/, type: 'asset/source' },
    {
      test: /\.(png|jpe?g|gif|woff2?|ttf|eot)(\?.*)?$/,
      exclude: /fontawesome-free.*\.(eot|ttf|woff)/,
      type: 'asset/resource',
    },
    // Font Awesome's older forms of its fonts: every browser that can run Lab takes the first one, woff2.
    {
      test: /fontawesome-free.*\.(eot|ttf|woff|svg)(\?.*)?$/,
      type: 'asset/inline',
      generator: { dataUrl: () => 'data:,' },
    },
    // In a style sheet a picture becomes part of it; a script that imports one wants its source, to colour it.
    { test: /\.svg(\?.*)?$/, issuer: /\.css$/, exclude: /fontawesome-free/, type: 'asset/inline' },
    { test: /\.svg$/, issuer: /\.[jt]s$/, type: 'asset/source' },
  ],
};

const common = lab => ({
  mode: 'production',
  context: lab,
  devtool: false,
  performance: false,
  experiments: { css: true },
  optimization: { moduleIds: 'deterministic', chunkIds: 'deterministic' },
  infrastructureLogging: { level: 'error' },
  // MathJax's style sheet in Lab writes a package's name with a leading ~, which works and is deprecated.
  ignoreWarnings: [/starts with '~' is deprecated/],
});

export const appConfig = (lab, output) => ({
  ...common(lab),
  name: 'app',
  entry: { main: './src/index.ts' },
  target: ['web', 'es2022'],
  // A package that runs in Node too names its folder there.
  node: { __dirname: 'mock' },
  output: {
    path: path.join(output, 'static'),
    publicPath: 'auto',
    filename: '[name].[contenthash:12].js',
    chunkFilename: '[name].[contenthash:12].js',
    cssFilename: '[name].[contenthash:12].css',
    cssChunkFilename: '[name].[contenthash:12].css',
    assetModuleFilename: '[hash:16][ext]',
    hashFunction: 'xxhash64',
    uniqueName: 'learnable-lab',
  },
  resolve: {
    extensions: ['.ts', '.js', '.mjs'],
    alias: { '@mermaid-js/layout-elk': path.join(lab, 'src', 'mermaid-elk.ts') },
    fallback: { url: false, buffer: false, crypto: false, path: 'path-browserify' },
  },
  module: {
    rules: [
      ...assets.rules,
      { test: /\.m?js$/, type: 'javascript/auto', resolve: { fullySpecified: false } },
      {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
        type: 'javascript/auto',
      },
    ],
  },
  plugins: [
    // Some packages ask for Node's `process`, and do without when it knows nothing.
    new rspack.DefinePlugin({ process: { cwd: '() => "/"', env: {} } }),
  ],
});

/** A theme is a style sheet that Lab loads by its package's name, so its file name has no hash. */
export const themeConfig = (lab, output, { name, folder, themePath }) => ({
  ...common(lab),
  name,
  entry: { index: path.join(folder, themePath) },
  output: { path: path.join(output, 'themes', name), publicPath: '', filename: '[name].js', cssFilename: '[name].css' },
  module: {
    rules: assets.rules.map(rule => (rule.type === 'asset/resource' ? { ...rule, type: 'asset/inline' } : rule)),
  },
});
