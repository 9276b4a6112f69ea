/** Vitest's settings for BullMQ's tests: BullMQ's own, but for the setup file. Read by Vitest, which `run.ts` starts. */
export default {
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: [new URL('./setup.ts', import.meta.url).pathname],
    testTimeout: 10_000,
    hookTimeout: 10_000,
    sequence: { concurrent: false },
  },
}
