import { STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { apiInfo, publicEndpoints } from '@jackalope/contracts/api'
import { type ListedProblem, listProblems, openapiDocument } from '@jackalope/service-kit/openapi'
import openapiTS, { astToString } from 'openapi-typescript'

const root = join(import.meta.dirname, '../../..')

/** What is made of the definitions of the API: the content of each file by its path. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const document = openapiDocument(publicEndpoints, apiInfo)
  const types = astToString(await openapiTS(structuredClone(document) as never))
  return new Map([
    [
      join(root, 'packages/api-client/src/openapi.gen.ts'),
      `// Made by "pnpm generate"; change the definitions instead.\n\n${types}`,
    ],
    [join(root, 'docs/problems.md'), problemsPage(listProblems(publicEndpoints))],
  ])
}

function problemsPage(problems: readonly ListedProblem[]): string {
  const sections = [...Map.groupBy(problems, ({ status }) => status)].map(([status, kinds]) => {
    const rows = kinds.map(
      ({ code, meaning }) => `| <a id="${code}"></a>\`${code}\` | ${meaning.replaceAll('|', '\\|')} |`,
    )
    return `## ${status} ${STATUS_CODES[status] ?? ''}\n\n| code | when, and what to do |\n|---|---|\n${rows.join('\n')}\n`
  })
  return `# Problems

An answer of status 400 or more is a problem (RFC 9457), \`application/problem+json\`. Programs look at \`code\`, which stays what it is;
\`title\` and \`detail\` are for people. \`type\` leads to the code's entry on the gateway's own page, \`/docs/problems\`.

This page is made of the API's definitions: \`pnpm generate\`.

${sections.join('\n')}`
}
