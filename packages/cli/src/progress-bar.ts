import { SingleBar } from 'cli-progress'

export type Output = NodeJS.WritableStream & { isTTY?: boolean }

export interface Progress {
  /** @param percent - 0 to 100 */
  update(percent: number): void
  /** Ends the bar's line; further updates are ignored. */
  stop(): void
}

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
