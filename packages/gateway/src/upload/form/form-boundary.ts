import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

/** Reads the boundary of a form: 1 to 70 characters (RFC 2046, section 5.1.1).
 *  @param contentType - `multipart/form-data; boundary=...`
 *  @throws {HttpProblem} 400 */
export function formBoundary(contentType: string): string {
  const found = /;[ \t]*boundary[ \t]*=[ \t]*(?:"([^"]*)"|([^;\s]*))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined)
    throw problem(uploads.formMalformed, {
      detail:
        'The Content-Type has no boundary. Let your HTTP library write this header: it knows the boundary of the form.',
    })
  if (!/^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary))
    throw problem(uploads.formMalformed, {
      detail:
        'The boundary in the Content-Type is not valid: expected 1 to 70 letters, digits and marks (RFC 2046).',
    })
  return boundary
}
