import { View } from '../app/view.tsx'

export function Data() {
  return <View title="Data">{null}</View>
}
