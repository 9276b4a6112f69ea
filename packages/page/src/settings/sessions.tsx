import { View } from '../app/view.tsx'

export function Sessions() {
  return <View title="Sessions">{null}</View>
}
