/** Bundlers as they are by default, and how a page gets along without one. */

export interface Bundler {
  readonly name: string;
  /** What npm installs. */
  readonly packages: readonly string[];
  /** The arguments of node that build main.js, or index.html, into a folder. */
  readonly command: (out: string) => readonly string[];
  /** The script of index.html, if the bundler makes no such page itself: its attributes. */
  readonly script?: string;
}

const vite = (version: number): Bundler => ({
  name: `Vite ${version}`,
  packages: [`vite-${version}@npm:vite@${version}`],
  command: (out) => [`node_modules/vite-${version}/bin/vite.js`, 'build', '--outDir', out],
});

export const bundlers: readonly Bundler[] = [
  vite(7),
  vite(8),
  {
    name: 'esbuild',
    packages: ['esbuild'],
    command: (out) => [
      '-e',
      `import('esbuild').then((esbuild) => esbuild.build({ entryPoints: ['main.js'], bundle: true, outdir: '${out}' }))`,
    ],
    script: 'src="main.js"',
  },
  {
    name: 'rollup',
    packages: ['rollup@4', '@rollup/plugin-node-resolve'],
    command: (out) => [
      'node_modules/rollup/dist/bin/rollup',
      'main.js',
      '-d',
      out,
      '-p',
      '@rollup/plugin-node-resolve',
    ],
    script: 'type="module" src="main.js"',
  },
  {
    name: 'webpack',
    packages: ['webpack@5', 'webpack-cli'],
    command: (out) => [
      'node_modules/webpack/bin/webpack.js',
      ...['build', '--entry', './main.js', '--mode', 'production', '-o', out],
    ],
    script: 'src="main.js"',
  },
];
