export { can, grants, type Permission, permissions } from "./permission.ts";
export { type Role, roleNames, roles } from "./role.ts";
