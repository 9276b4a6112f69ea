export { ApiError, type FieldError } from './api-error.ts'
export {
  type ApiClient,
  type ClientOptions,
  createClient,
  dataOf,
  type TokenSource,
} from './create-client.ts'
export { keepSession, type SessionTokens } from './keep-session.ts'
export type { components, operations, paths } from './openapi.gen.ts'
export { type Job, type UploadOptions, uploadVideo, type VideoToUpload } from './upload-video.ts'
export { type JobEvent, watchJob } from './watch-job.ts'
