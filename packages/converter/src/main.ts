import { runService } from '@jackalope/service-kit'
import { converterConfig } from './config.ts'
import { closeTimeoutMs, startConverter } from './start-converter.ts'

await runService({
  service: 'converter',
  env: process.env,
  config: converterConfig,
  start: async context => {
    await startConverter(context)
  },
  closeTimeoutMs,
})
