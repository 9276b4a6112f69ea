import { View } from '../app/view.tsx'

export function Home() {
  return <View title="Jackalope">{null}</View>
}
