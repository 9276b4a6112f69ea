import { findChromium, findProgram } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import type { Finding } from './finding.ts'
import { missingProgram } from './missing-program.ts'
import { outputOf, versionOf } from './program-versions.ts'

/** Node.js, the programs that the converter needs, and the browser that the tests of the page need. */
export async function inspectTools({ project, env }: CommandContext): Promise<Finding[]> {
  const source = process.execPath.startsWith(project.root) ? 'toolchain' : 'PATH'
  const node: Finding = {
    kind: 'ok',
    text: `Node.js ${process.versions.node}: ${process.execPath} (${source})`,
  }
  const tools = [inspectTool('ffmpeg', env), inspectTool('ffprobe', env), inspectBrowser(env)]
  return [node, ...(await Promise.all(tools))]
}

async function inspectTool(name: 'ffmpeg' | 'ffprobe', env: CommandContext['env']): Promise<Finding> {
  const variable = `${name.toUpperCase()}_PATH`
  const given = env[variable]
  const path = given || findProgram(name)
  if (!path) return missingProgram(name, 'ffmpeg')
  const source = given ? `given by ${variable}` : 'PATH'
  try {
    const version = await versionOf(path, '-version', /version n?/)
    if (name === 'ffmpeg' && !/\blibmp3lame\b/.test(await outputOf(path, '-hide_banner', '-encoders')))
      return { kind: 'wrong', text: `${path} (${source}) cannot write MP3: it was built without libmp3lame` }
    return { kind: 'ok', text: `${name} ${version ?? 'of an unknown version'}: ${path} (${source})` }
  } catch (error) {
    return {
      kind: 'wrong',
      text: `${path} (${source}) does not run: ${(error as Error).message.split('\n')[0]}`,
    }
  }
}

async function inspectBrowser({ CHROMIUM_PATH: given }: CommandContext['env']): Promise<Finding> {
  const path = given || findChromium()
  if (!path) {
    const { kind, text } = missingProgram('Chromium', 'chromium')
    return {
      kind: kind === 'wrong' ? 'note' : kind,
      text: `${text} (only for ./jackalope test and demo --page)`,
    }
  }
  const source = given ? 'given by CHROMIUM_PATH' : 'PATH'
  try {
    const version = await versionOf(path, '--version', /(?:Chromium|Chrome|Chrome for Testing) /)
    return { kind: 'ok', text: `Chromium ${version ?? 'of an unknown version'}: ${path} (${source})` }
  } catch (error) {
    const [reason] = (error as Error).message.split('\n')
    return { kind: given ? 'wrong' : 'note', text: `${path} (${source}) does not run: ${reason}` }
  }
}
