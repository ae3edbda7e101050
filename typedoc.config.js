/** The API reference. Its first page is docs/api.md, whose links to sources become links to the names here. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const ENTRANCE = 'dist/entrance.md';

const entrance = readFileSync('docs/api.md', 'utf8')
  // [`fit`](../models/training/fit.ts), a name: to where the reference has it.
  .replace(/\[`(\w+)`\]\(\.\.\/(\w+)\/([^)]*)\)/g, (_, name, folder, path) => {
    const entry = path.startsWith('interchange/')
      ? 'models/interchange'
      : folder === 'datasets'
        ? 'datasets'
        : 'models';
    return `{@link ${entry}.${name} | ${name}}`;
  })
  // The other pages are not part of the reference.
  .replace(/\[([^\]]*)\]\([\w-]+\.md\)/g, '$1');
mkdirSync('dist', { recursive: true });
writeFileSync(ENTRANCE, entrance);

export default {
  name: 'unrolled',
  entryPoints: [
    'models/index.ts',
    'models/interchange/index.ts',
    'engine/index.ts',
    'cells/index.ts',
    'datasets/index.ts',
  ],
  tsconfig: 'tsconfig.json',
  out: 'dist/api',
  readme: ENTRANCE,
  disableSources: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  validation: {
    notExported: true,
    invalidLink: true,
    rewrittenLink: true,
    notDocumented: true,
  },
  requiredToBeDocumented: ['Function', 'Interface', 'Class', 'Variable', 'TypeAlias'],
};
