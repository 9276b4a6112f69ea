import { readdirSync, readFileSync } from 'node:fs'

/** Text of every Lua file in `commands/`, by its name without extension: `add-jobs`, `includes/clock`.
 *  This module is the only one that reads files at run time. The build replaces it by a generated one with all texts
 *  inline, so that the package can be bundled. Keep it this small, with this one export. */
export const luaTexts: Readonly<Record<string, string>> = Object.fromEntries(
  ['', 'includes/'].flatMap(subfolder => {
    const folder = new URL(`./commands/${subfolder}`, import.meta.url)
    return readdirSync(folder)
      .filter(file => file.endsWith('.lua'))
      .map(file => [
        `${subfolder}${file.slice(0, -'.lua'.length)}`,
        readFileSync(new URL(file, folder), 'utf8'),
      ])
  }),
)
