import { runService } from '@jackalope/service-kit'
import { collectGarbageLessOften } from './collect-garbage-less-often.ts'
import { converterConfig } from './config.ts'
import { closeTimeoutMs, startConverter } from './start-converter.ts'

collectGarbageLessOften()

await runService({
  service: 'converter',
  env: process.env,
  config: converterConfig,
  start: async context => {
    await startConverter(context)
  },
  closeTimeoutMs,
})
