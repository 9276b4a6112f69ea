import { Writable } from 'node:stream'
import type { BlobInfo, BlobWriter } from '@jackalope/blob-store'
import { liftDeadline } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { receiveForm } from './form/receive-form.ts'
import { watchSlowness } from './limits/slowness.ts'
import { OptionTexts } from './option-texts.ts'
import { receiveBody } from './receive-body.ts'

export type RereadDeps = Pick<AppDeps, 'uploadLimits'>

/** Reads an upload that was sent again, and stores nothing: its bytes are compared with those of the first.
 *  @throws {HttpProblem} as an upload does */
export function rereadUpload({ uploadLimits }: RereadDeps) {
  return async (ctx: Context): Promise<void> => {
    const { user } = ctx.state
    const { slots, quota, minBytesPerSecond } = uploadLimits
    const release = slots.take(user.id)
    liftDeadline(ctx)
    const { signal, end } = watchSlowness(ctx.req, { minBytesPerSecond })
    const options = { maxBytes: quota.maxBytes(user), options: new OptionTexts(), create: () => new Drain() }
    try {
      if (ctx.is('multipart/form-data')) await receiveForm(ctx, { ...options, signal })
      else await receiveBody(ctx, options, signal)
    } finally {
      end()
      release()
    }
  }
}

/** Takes a blob and keeps nothing of it. */
class Drain extends Writable implements BlobWriter {
  readonly id = ''
  readonly sizeBytes = 0
  readonly stored: BlobInfo | undefined

  override _write(_piece: Buffer, _encoding: string, callback: () => void): void {
    callback()
  }

  async abort(): Promise<void> {
    this.destroy()
  }
}
