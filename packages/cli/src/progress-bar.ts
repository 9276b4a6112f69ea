import { SingleBar } from 'cli-progress'
import type { Output, Progress } from './progress.ts'

/** A progress bar on a terminal, with the elapsed time. */
export function progressBar(title: string, stream: Output): Progress {
  const single = new SingleBar({
    format: `  ${title} [{bar}] {percentage} %  {duration_formatted}`,
    stream,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
  })
  single.start(100, 0)
  return {
    update: percent => single.update(Math.floor(percent)),
    stop: () => single.stop(),
  }
}
