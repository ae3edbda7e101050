// Tests run from dist/: what is tested is what ships, and no second compiler stands between.
export default {
  roots: ['<rootDir>/dist/tests'],
  globalSetup: '<rootDir>/dist/tests/offline.js',
  testMatch: ['**/*.test.js'],
  testEnvironment: './dist/tests/environment.js',
  transform: {},
  testTimeout: 120_000,
  // By default Jest leaves a core idle, which on two cores is half of the machine.
  maxWorkers: '100%',
};
