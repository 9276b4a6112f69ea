import { mkdir, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Makes a folder of links to the parts of an installed RabbitMQ that a node needs. Erlang looks for each of some 800 modules in the
 *  folder of every application there: without the plugins that nobody enabled a node starts in about half the time.
 *  @param cwd - folder in which the script is to run
 *  @param name - of the folder to make in `cwd`; replaced if it exists
 *  @param script - path of the installed `rabbitmq-server`
 *  @param plugins - names of the enabled plugins
 *  @returns variables by which the script uses that folder; none if RabbitMQ is laid out in an unknown way
 *  @throws an error of the file system */
export async function makeRabbitmqHome(
  { cwd, name }: { cwd: string; name: string },
  script: string,
  plugins: readonly string[],
): Promise<{ RABBITMQ_SCRIPTS_DIR?: string }> {
  const scripts = dirname(await realpath(script))
  const needed = await foldersOf(['rabbit', ...plugins], join(dirname(scripts), 'plugins'))
  if (!needed) return {}
  const dir = join(cwd, name)
  await rm(dir, { recursive: true, force: true })
  const scriptFiles = (await readdir(scripts)).map(name => join(scripts, name))
  await link(scriptFiles, join(dir, 'sbin'))
  await link(needed, join(dir, 'plugins'))
  // A full path may have spaces, and RabbitMQ's script would take it for several words.
  return { RABBITMQ_SCRIPTS_DIR: `./${name}/sbin` }
}

async function link(paths: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const path of paths) await symlink(path, join(folder, basename(path)))
}

/** Folders of applications, and of those that they need in turn. Those that come with Erlang are elsewhere.
 *  @returns nothing if one of the given applications is not there as a folder */
async function foldersOf(names: readonly string[], parent: string): Promise<string[] | undefined> {
  const entries = await readdir(parent).catch(() => [])
  // Folders are named application-version.
  const installed = new Map(entries.map(entry => [entry.split('-', 1)[0], join(parent, entry)]))
  if (!names.every(name => installed.has(name))) return undefined
  const folders = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const folder = installed.get(name)
    if (folder === undefined || folders.has(folder)) continue
    folders.add(folder)
    const description = await readFile(join(folder, 'ebin', `${name}.app`), 'utf8').catch(() => undefined)
    if (description === undefined) return undefined
    open.push(...applicationsIn(description))
  }
  return [...folders]
}

/** The applications that must run before this one. @param description - text of its `.app` file, an Erlang term */
function applicationsIn(description: string): string[] {
  const [, list] = /\{\s*applications\s*,\s*\[([^\]]*)\]/.exec(description) ?? []
  return (list ?? '').split(/[\s,']+/).filter(name => name !== '')
}
