import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Job } from '../jobs/job.ts'
import { audioAddress } from '../jobs/job-actions.ts'
import { fileTexts } from './file-texts.ts'

/** The job that is listened to: one at a time. */
export const playing = signal<string | undefined>(undefined)

/** Plays the audio of a job in its row. */
export function Player({ job }: { job: Job }) {
  const audio = useRef<HTMLAudioElement>(null)
  const isOpen = playing.value === job.id && job.state === 'completed'
  useEffect(() => {
    // A browser that wants another click shows the button for it.
    if (isOpen) void audio.current?.play().catch(() => {})
  }, [isOpen])
  if (!isOpen) return null
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said in a reader's own recording is not known here.
    <audio
      ref={audio}
      class="player"
      controls
      preload="metadata"
      src={audioAddress(job.id, { inline: true })}
      aria-label={fileTexts().player(job.fileName)}
    />
  )
}
