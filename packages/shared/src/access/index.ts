export {
  can,
  grants,
  type HeldPermissions,
  type Permission,
  permissionCodes,
  permissionSchema,
  permissions,
  permissionsOf,
  type RoleGrants,
  rolesWith,
} from "./permission.ts";
export { type Role, roleCode, roleNames, roles } from "./role.ts";
