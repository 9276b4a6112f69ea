import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import { Button } from '../look/button.tsx'
import { Mark } from '../look/mark.tsx'
import { formatBytes, formatSpan } from '../texts/format-amounts.ts'
import { language } from '../texts/language.ts'
import { maxFileBytes } from '../uploads/add-files.ts'
import { homeTexts } from './home-texts.ts'
import { mediaOf, readDrop } from './read-drop.ts'
import { hasTaken, takeFiles } from './take-files.ts'

/** Whether files are held over the window. */
const isDragging = signal(false)

/** Where files are chosen. They may be dropped anywhere in the window, and pasted. */
export function DropZone() {
  const texts = homeTexts().drop
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  useEffect(watchWindow, [])
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), [])
  const classes = ['drop', isDragging.value && 'dragging', hasTaken.value && 'compact']
  return (
    <section class={classes.filter(Boolean).join(' ')} aria-label={texts.label}>
      <Mark size={96} />
      <p class="drop-lead">{isDragging.value ? texts.release : texts.lead}</p>
      <div class="row drop-buttons">
        <Button kind="primary" glyph="file" onClick={() => files.current?.click()}>
          {texts.choose}
        </Button>
        <Button onClick={() => folder.current?.click()}>{texts.folder}</Button>
      </div>
      {!hasTaken.value && <p class="drop-hint">{texts.hint}</p>}
      <Limits />
      <input
        ref={files}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        accept="video/*,audio/*"
        data-testid="files"
        onChange={({ currentTarget }) => {
          void takeFiles([...(currentTarget.files ?? [])].map(file => ({ file })))
          currentTarget.value = ''
        }}
      />
      <input
        ref={folder}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        data-testid="folder"
        onChange={({ currentTarget }) => {
          void takeFiles(mediaOf([...(currentTarget.files ?? [])]).map(file => ({ file })))
          currentTarget.value = ''
        }}
      />
    </section>
  )
}

function Limits() {
  const maxBytes = maxFileBytes()
  // A visitor is told of a guest's limits.
  if (maxBytes === undefined || (!user.value && service.value?.guests)) return null
  const locale = language.value
  const guests = user.value?.guest ? service.value?.guests : undefined
  const keptSeconds = guests ? guests.keptSeconds : service.value?.retention.audioSeconds
  return (
    <p class="drop-hint">
      {homeTexts().drop.limits(
        formatBytes(maxBytes, locale),
        keptSeconds ? formatSpan(keptSeconds, locale) : undefined,
      )}
    </p>
  )
}

/** Takes what is dropped anywhere, and what is pasted. */
function watchWindow(): () => void {
  const end = new AbortController()
  const { signal: untilEnd } = end
  // The browser tells of each element that is entered and left.
  let depth = 0
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const set = (next: number) => {
    depth = Math.max(0, next)
    isDragging.value = depth > 0
  }
  window.addEventListener(
    'dragenter',
    event => {
      if (hasFiles(event)) set(depth + 1)
    },
    { signal: untilEnd },
  )
  window.addEventListener(
    'dragleave',
    event => {
      if (hasFiles(event)) set(depth - 1)
    },
    { signal: untilEnd },
  )
  window.addEventListener(
    'dragover',
    event => {
      if (hasFiles(event)) event.preventDefault()
    },
    { signal: untilEnd },
  )
  window.addEventListener(
    'drop',
    event => {
      set(0)
      if (!event.dataTransfer || !hasFiles(event)) return
      event.preventDefault()
      void readDrop(event.dataTransfer).then(takeFiles)
    },
    { signal: untilEnd },
  )
  window.addEventListener(
    'paste',
    event => {
      const pasted = [...(event.clipboardData?.files ?? [])]
      if (pasted.length > 0) void takeFiles(pasted.map(file => ({ file })))
    },
    { signal: untilEnd },
  )
  return () => {
    end.abort()
    isDragging.value = false
  }
}
