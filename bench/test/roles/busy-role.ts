/** A role whose one function keeps its process busy, deaf to everything, until a file exists. */
import { existsSync } from 'node:fs'
import { serveCalls } from '../../src/roles/serve-calls.ts'

serveCalls({
  async beBusyUntil(file: string): Promise<void> {
    process.stdout.write('busy\n')
    while (!existsSync(file));
  },
})
