// The converter as main.ts runs it, on queues and databases of a test.
import { runService } from '@jackalope/service-kit'
import { converterConfig } from '../../src/config.ts'
import { closeTimeoutMs, startConverter } from '../../src/start-converter.ts'

await runService({
  service: 'converter',
  env: process.env,
  config: converterConfig,
  start: async context => {
    const { TEST_PREFIX: prefix, TEST_DATABASE_PREFIX: databasePrefix } = process.env
    await startConverter(context, { prefix, databasePrefix })
  },
  closeTimeoutMs,
})
