import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataFrame } from 'danfojs-node';
import { nativeImport } from '../../src/modules/native-import.ts';
import { type Inputs, learnable, root } from './inputs.ts';

export interface Task {
  name: string;
  size: string;
  ours(): number | string | Promise<number | string>;
  npm?: { name: string; run(): number | string | Promise<number | string> };
  /** What `peers.py` calls it. */
  python?: string;
  /** Whose it is there. Default 'scikit-learn'. */
  peer?: string;
  rounds?: number;
}

/** A package of this project, or of the folder that PEERS names; undefined if it is in neither. */
async function peer<T>(name: string): Promise<T | undefined> {
  for (const folder of [root, process.env.PEERS]) {
    if (!folder) continue;
    try {
      const file = createRequire(path.join(folder, 'package.json')).resolve(name);
      return (await nativeImport(pathToFileURL(file).href)) as T;
    } catch {
      // not there
    }
  }
  return undefined;
}

interface MlKmeans {
  kmeans(
    data: number[][],
    clusters: number,
    options: object,
  ): {
    clusters: number[];
    centroids: number[][];
    computeInformation(data: number[][]): { error: number; size: number }[];
  };
}
interface MlPca {
  PCA: new (data: number[][], options?: object) => { getEigenvalues(): number[] };
}
interface Tsne {
  TSNE: new (options: object) => { initDataRaw(data: number[][]): void; step(): number };
}

export async function createTasks(inputs: Inputs): Promise<Task[]> {
  return [...(await clusterTasks(inputs)), ...(await dimensionTasks(inputs)), ...(await dataTasks(inputs))];
}

async function clusterTasks({ digits, codes, fashion2000 }: Inputs): Promise<Task[]> {
  const { unsupervised } = learnable;
  const mlKmeans = await peer<MlKmeans>('ml-kmeans');
  const inertia = (rows: number[][], found: ReturnType<MlKmeans['kmeans']>) =>
    rows.reduce(
      (sum, row, i) =>
        sum + row.reduce((square, value, t) => square + (value - found.centroids[found.clusters[i]!]![t]!) ** 2, 0),
      0,
    );
  const run = (rows: number[][], options: object) => inertia(rows, mlKmeans!.kmeans(rows, 10, options));
  const given = (rows: number[][]) => ({ initialization: rows.slice(0, 10), maxIterations: 300, tolerance: 1e-4 });
  return [
    {
      name: 'k-means, k-means++, 10 starts',
      size: sizeOf(digits),
      ours: () => unsupervised.kmeans(digits.rows, { clusters: 10, restarts: 10 }).inertia,
      npm: mlKmeans && {
        name: 'ml-kmeans',
        run: () =>
          Math.min(
            ...Array.from({ length: 10 }, (_, seed) => run(digits.rows, { seed, maxIterations: 300, tolerance: 1e-4 })),
          ),
      },
      python: 'kmeans digits',
      rounds: 5,
    },
    {
      name: 'k-means, one given start',
      size: sizeOf(digits),
      ours: () => unsupervised.kmeans(digits.rows, { clusters: 10, start: digits.rows.slice(0, 10) }).inertia,
      npm: mlKmeans && { name: 'ml-kmeans', run: () => run(digits.rows, given(digits.rows)) },
      python: 'kmeans digits start',
    },
    {
      name: 'k-means, one given start',
      size: sizeOf(fashion2000),
      ours: () => unsupervised.kmeans(fashion2000.rows, { clusters: 10, start: fashion2000.rows.slice(0, 10) }).inertia,
      npm: mlKmeans && { name: 'ml-kmeans', run: () => run(fashion2000.rows, given(fashion2000.rows)) },
      python: 'kmeans fashion',
      rounds: 5,
    },
    ...(['full', 'diagonal'] as const).flatMap((covariance): Task[] => [
      {
        name: `mixture of 10, ${covariance}`,
        size: sizeOf(codes),
        ours: () => unsupervised.mixture(codes.rows, { components: 10, covariance }).history.at(-1)!,
        python: `mixture ${covariance}`,
      },
      {
        name: `mixture of 10, ${covariance}, one given start`,
        size: sizeOf(codes),
        ours: () =>
          unsupervised
            .mixture(codes.rows, { components: 10, covariance, start: roundStart(codes.rows, covariance) })
            .history.at(-1)!,
        python: `mixture ${covariance} start`,
      },
    ]),
  ];
}

/** Ten balls around the first ten rows, as wide as the features on average. */
function roundStart(rows: number[][], covariance: 'full' | 'diagonal') {
  const width = rows[0]!.length;
  const variance = (column: number) => {
    const mean = rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length;
    return rows.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0) / rows.length;
  };
  const wide =
    Array.from({ length: width }, (_, column) => variance(column)).reduce((sum, one) => sum + one, 0) / width;
  const line = (column: number) => Array.from({ length: width }, (_, other) => (other === column ? wide : 0));
  const ball =
    covariance === 'full' ? Array.from({ length: width }, (_, column) => line(column)) : Array(width).fill(wide);
  return { weights: Array(10).fill(0.1), means: rows.slice(0, 10), covariances: Array(10).fill(ball) };
}

async function dimensionTasks({ digits, fashion2000, fashion }: Inputs): Promise<Task[]> {
  const { unsupervised } = learnable;
  const mlPca = await peer<MlPca>('ml-pca');
  const tsne = await peer<Tsne>('@keckelt/tsne');
  const ours = (rows: number[][], components?: number) => unsupervised.pca(rows, { components }).explainedVariance[0]!;
  const theirs = (rows: number[][], options?: object) => new mlPca!.PCA(rows, options).getEigenvalues()[0]!;
  return [
    {
      name: 'PCA, all components',
      size: sizeOf(digits),
      ours: () => ours(digits.rows),
      npm: mlPca && { name: 'ml-pca', run: () => theirs(digits.rows) },
      python: 'pca digits',
    },
    {
      name: 'PCA, 10 components',
      size: sizeOf(fashion2000),
      ours: () => ours(fashion2000.rows, 10),
      // The quicker of its ways that give numbers: NIPALS gives NaN where a pixel is the same in all pictures.
      npm: mlPca && {
        name: 'ml-pca (covariance)',
        run: () => theirs(fashion2000.rows, { method: 'covarianceMatrix' }),
      },
      python: 'pca fashion2000',
      rounds: 5,
    },
    {
      name: 'PCA, 32 components',
      size: sizeOf(fashion),
      ours: () => ours(fashion.rows, 32),
      python: 'pca fashion',
      rounds: 3,
    },
    {
      name: 't-SNE, 1,000 iterations',
      size: sizeOf(digits),
      ours: async () => (await unsupervised.tsne(digits.rows)).divergence,
      npm: tsne && {
        name: '@keckelt/tsne',
        run() {
          const model = new tsne.TSNE({ dim: 2, perplexity: 30, epsilon: 10 });
          model.initDataRaw(digits.rows);
          let cost = 0;
          for (let i = 0; i < 1000; i++) cost = model.step();
          return cost;
        },
      },
      python: 'tsne',
      rounds: 1,
    },
  ];
}

async function dataTasks({ birdstrikes }: Inputs): Promise<Task[]> {
  const { data } = learnable;
  const danfo = createRequire(path.join(root, 'package.json'))('danfojs-node') as typeof import('danfojs-node');
  const frame: DataFrame = await data.load('birdstrikes');
  const size = `${frame.shape[0]!.toLocaleString('en')} × ${frame.shape[1]}`;
  const pandas = { size, peer: 'pandas' };
  const danfojs = (run: NonNullable<Task['npm']>['run']) => ({ name: 'danfojs', run });
  return [
    {
      ...pandas,
      name: 'load a CSV file',
      ours: async () => (await data.load('birdstrikes')).shape[0]!,
      npm: danfojs(async () => ((await danfo.readCSV(birdstrikes)) as DataFrame).shape[0]!),
      python: 'load',
    },
    {
      ...pandas,
      name: 'read a CSV file of your own',
      ours: async () => (await data.readCsv(birdstrikes, { missing: [''] })).frame.shape[0]!,
      npm: danfojs(async () => ((await danfo.readCSV(birdstrikes)) as DataFrame).shape[0]!),
      python: 'load',
    },
    {
      ...pandas,
      name: 'count missing values',
      ours: () => data.missing(frame).total,
      npm: danfojs(() =>
        (frame.isNa().values as boolean[][]).reduce((sum, row) => sum + row.filter(Boolean).length, 0),
      ),
      python: 'missing',
    },
    {
      ...pandas,
      name: 'drop rows with missing values',
      ours: () => data.dropMissing(frame).shape[0]!,
      npm: danfojs(() => (frame.dropNa({ axis: 1 }) as DataFrame).shape[0]!),
      python: 'drop missing',
    },
    {
      ...pandas,
      name: 'drop duplicates',
      ours: () => data.dropDuplicates(frame).shape[0]!,
      python: 'duplicates',
    },
    {
      ...pandas,
      name: 'impute by median and mode',
      ours: () => data.missing(data.fitImputation(frame)(frame)).total,
      python: 'impute',
    },
  ];
}

function sizeOf({ shape: [rows, columns] }: { shape: [number, number] }): string {
  return `${rows.toLocaleString('en')} × ${columns}`;
}
