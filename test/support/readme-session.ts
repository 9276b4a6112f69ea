import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const readme = resolve(import.meta.dirname, '../../README.md')

/** The commands of the README's session with curl, in two parts: up to the upload, and what comes after it. */
export interface ReadmeSession {
  /** Registers, logs in and uploads `song.mp4` in that folder; gives the id of the job, and the token. */
  begin(): Promise<{ jobId: string; token: string }>
  /** Asks for jobs, and downloads the audio; gives what was printed. */
  end(begun: { jobId: string; token: string }): Promise<string>
}

/** @param folder - where the commands run; it holds `song.mp4` */
export async function readmeSession(gatewayUrl: string, folder: string): Promise<ReadmeSession> {
  const { port } = new URL(gatewayUrl)
  const commands = (await commandsOf('With curl')).map(command => command.replaceAll('PORT', port))
  const upload = commands.findIndex(command => command.includes('/upload'))
  const run = async (lines: string[], env: NodeJS.ProcessEnv = {}) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 60_000 }
    return (await promisify(execFile)('sh', ['-ec', lines.join('\necho\n')], options)).stdout
  }
  return {
    async begin() {
      const printed = await run([...commands.slice(0, upload + 1), 'echo "TOKEN:$TOKEN"'])
      const [, jobId] = /"id":"(v-\w+)"/.exec(printed) ?? []
      const [, token] = /^TOKEN:(\S+)$/m.exec(printed) ?? []
      if (!jobId || !token) throw new Error(`the session of the README went wrong:\n${printed}`)
      return { jobId, token }
    },
    end: ({ jobId, token }) =>
      run(
        commands.slice(upload + 1).map(command => command.replaceAll('v-...', jobId)),
        { TOKEN: token },
      ),
  }
}

/** The commands of a section: its indented lines up to the first table. */
async function commandsOf(section: string): Promise<string[]> {
  const text = await readFile(join(readme), 'utf8')
  const [, after = ''] = text.split(`\n## ${section}\n`)
  const [body = ''] = after.split(/\n(?:## |\|)/)
  const lines = body.split('\n').filter(line => line.startsWith('    '))
  return lines
    .join('\n')
    .replaceAll(/ *\\\n */g, ' ')
    .split('\n')
    .map(line => line.trim())
}
