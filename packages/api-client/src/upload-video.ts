import { type ApiClient, dataOf } from './create-client.ts'
import type { components, operations } from './openapi.gen.ts'

export type Job = components['schemas']['Job']

/** What the audio is to be; what is left out is the service's choice. */
export type UploadOptions = NonNullable<operations['uploadFile']['parameters']['query']>

export interface VideoToUpload {
  /** Name of the file, for display and download. */
  fileName: string
  /** The bytes; read while they are sent. */
  content: AsyncIterable<Uint8Array>
  /** @default an MP3 of 192 kbit/s */
  options?: UploadOptions
}

/** Uploads a video as the body of a request.
 *  @throws {ApiError} */
export async function uploadVideo(
  client: ApiClient,
  { fileName, content, options }: VideoToUpload,
): Promise<Job> {
  const upload = client.PUT('/upload/{fileName}', {
    params: { path: { fileName }, query: options },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: content as never,
    bodySerializer: bytes => bytes,
    // fetch needs this for a body that is a stream; its type does not have it.
    ...({ duplex: 'half' } as object),
  })
  return await dataOf<Job>(upload as never)
}
