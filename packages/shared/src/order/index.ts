export {
  type Order,
  type OrderCreate,
  type OrderList,
  type OrderStatusInput,
  order,
  orderCreate,
  orderList,
  orderStatusInput,
  orderVolume,
  type Priority,
  priorities,
} from "./order.ts";
export { nextStatuses, type OrderStatus, orderMoves, orderStatuses, orderStatusNames } from "./status.ts";
