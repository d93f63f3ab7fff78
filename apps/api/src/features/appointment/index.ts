export { appointmentRouter } from "./router.ts";
export { sendReminders } from "./send-reminders.ts";
