import { findProgram } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import type { Finding } from './finding.ts'
import { missingProgram } from './missing-program.ts'
import { outputOf, versionOf } from './program-versions.ts'

/** Node.js and the programs that the converter needs. */
export async function inspectTools({ project, env }: CommandContext): Promise<Finding[]> {
  const source = process.execPath.startsWith(project.root) ? 'toolchain' : 'PATH'
  const node: Finding = {
    kind: 'ok',
    text: `Node.js ${process.versions.node}: ${process.execPath} (${source})`,
  }
  return [node, ...(await Promise.all([inspectTool('ffmpeg', env), inspectTool('ffprobe', env)]))]
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
