import { HttpProblem } from '@jackalope/service-kit'

/** Headers of a problem that are passed to the client. */
const passed = ['Retry-After', 'WWW-Authenticate']

/** What auth has answered, as an error of ours. */
export async function readProblem(response: Response): Promise<HttpProblem> {
  const { code, detail, errors } = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const headers = passed.flatMap(name => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return new HttpProblem(response.status >= 400 ? response.status : 502, {
    code: typeof code === 'string' ? code : undefined,
    detail: typeof detail === 'string' ? detail : undefined,
    headers: Object.fromEntries(headers),
    extensions: { errors },
  })
}
