// Runs the converter like main.ts, on the queues and stores of a test.
import { runService } from '@jackalope/service-kit'
import { converterConfig } from '../../src/config.ts'
import { closeTimeoutMs, startConverter } from '../../src/start-converter.ts'

await runService({
  service: 'converter',
  env: process.env,
  config: converterConfig,
  start: async context => {
    const { TEST_PREFIX: prefix, TEST_STORE_PREFIX: storePrefix } = process.env
    await startConverter(context, { prefix, storePrefix })
  },
  closeTimeoutMs,
})
