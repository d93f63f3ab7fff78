export { registerCspReports } from "./register-csp-reports.ts";
