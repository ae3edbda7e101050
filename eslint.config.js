import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'engine/wasm/assembly/', 'bench/peak/assembly/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Typed arrays are indexed in every loop; a bounds check of each read would hide the arithmetic.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
      eqeqeq: 'error',
    },
  },
  {
    // A function fits a screen.
    files: ['engine/**/*.ts', 'cells/**/*.ts', 'models/**/*.ts', 'tasks/**/*.ts', 'datasets/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60 }] },
  },
);
