#!/bin/sh
# Grants the Graph permissions that AuthPulse needs to its application or managed identity. See --help.
set -eu

GRAPH_APP_ID=00000003-0000-0000-c000-000000000000

usage() {
  cat <<'HELP'
Usage: grant-graph-permissions.sh --principal ID [--excluded-groups] [--apply]

Grants application permissions of Microsoft Graph, with admin consent, to the service principal that AuthPulse signs
in as. Without --apply it only tells what it would do. What is granted already is left alone. All of them only read:

  AuditLog.Read.All     the reports on use and registration; there is no lesser permission that opens them
  User.Read.All         whether a person who asks is a member or a guest, and which of the groups and roles that
                        AuthPulse is set up with they hold (checkMemberObjects); without it nobody gets numbers
  GroupMember.Read.All  only with --excluded-groups: the members of EXCLUDE_GROUP_IDS, who are not counted

  --principal ID        object id of the service principal or managed identity, or its application (client) id
  --excluded-groups     grant GroupMember.Read.All, too
  --apply               do it
  --help                this text

It needs the Azure CLI, signed in (az login) as a Privileged Role Administrator or Global Administrator of the tenant.
It ends with 0 when all is granted (or, without --apply, was told), 1 when something failed, 2 when it was called wrongly.
HELP
}

fail() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

principal=
apply=no
permissions='AuditLog.Read.All User.Read.All'
while [ $# -gt 0 ]; do
  case $1 in
    --principal)
      [ $# -gt 1 ] || fail 'An id must follow --principal.' 2
      principal=$2
      shift
      ;;
    --excluded-groups) permissions="$permissions GroupMember.Read.All" ;;
    --apply) apply=yes ;;
    --help)
      usage
      exit 0
      ;;
    *) fail "\"$1\" is not known. Try --help." 2 ;;
  esac
  shift
done

hex='[0-9a-fA-F]'
four="$hex$hex$hex$hex"
# The id goes into an address, so it is nothing but a GUID.
case $principal in
  '') fail 'Name who gets the permissions: --principal ID. Try --help.' 2 ;;
  $four$four-$four-$four-$four-$four$four$four) ;;
  *) fail "\"$principal\" is not an id (a GUID). Copy it from the enterprise application or the managed identity." 2 ;;
esac

command -v az >/dev/null 2>&1 ||
  fail 'The Azure CLI (az) is not installed: learn.microsoft.com/cli/azure/install-azure-cli.'
tenant=$(az account show --query tenantId --output tsv 2>/dev/null) ||
  fail 'Nobody is signed in. Run az login --tenant <your tenant> first.'
graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv) ||
  fail 'The Azure CLI does not say where Graph is. Run az cloud show.'
graph=${graph%/}

principal_id=$(az ad sp show --id "$principal" --query id --output tsv) ||
  fail "There is no service principal or managed identity $principal in the tenant $tenant, or you may not see it."
principal_name=$(az ad sp show --id "$principal" --query displayName --output tsv)
graph_id=$(az ad sp show --id "$GRAPH_APP_ID" --query id --output tsv) ||
  fail "Microsoft Graph's service principal cannot be read in the tenant $tenant."
assignments="$graph/v1.0/servicePrincipals/$principal_id/appRoleAssignments"

# The ids of all roles of Graph that the principal holds, one a line; 999 are more than Graph has roles to give.
held() {
  az rest --method get --url "$assignments?\$top=999" \
    --query "value[?resourceId=='$graph_id'].appRoleId" --output tsv
}

holds() {
  printf '%s\n' "$1" | grep -qixF "$2"
}

printf 'Tenant     %s\nPrincipal  %s (%s)\n' "$tenant" "$principal_name" "$principal_id"
before=$(held) || fail 'What is granted already cannot be read. Your account needs a role that may, such as Privileged Role Administrator.'
missing=0
for permission in $permissions; do
  role=$(az ad sp show --id "$GRAPH_APP_ID" \
    --query "appRoles[?value=='$permission' && contains(allowedMemberTypes, 'Application')].id | [0]" --output tsv)
  [ -n "$role" ] || fail "Microsoft Graph has no application permission $permission in this cloud."
  if holds "$before" "$role"; then
    printf '  %-21s granted already\n' "$permission"
  elif [ "$apply" = no ]; then
    printf '  %-21s would be granted (%s)\n' "$permission" "$role"
    missing=$((missing + 1))
  else
    az rest --method post --url "$assignments" --headers Content-Type=application/json \
      --body "{\"principalId\":\"$principal_id\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$role\"}" >/dev/null ||
      fail "$permission could not be granted. Your account has to be a Privileged Role Administrator or Global Administrator."
    # Graph may take a moment to tell what it has just taken.
    tries=0
    until after=$(held) && holds "$after" "$role"; do
      tries=$((tries + 1))
      [ "$tries" -lt 6 ] || fail "$permission was granted, but Graph does not list it. Run this again in a few minutes."
      sleep "${GRANT_RETRY_SECONDS:-5}"
    done
    printf '  %-21s granted\n' "$permission"
  fi
done

if [ "$missing" -gt 0 ]; then
  printf 'Nothing was changed. Run it again with --apply to grant what is missing.\n'
elif [ "$apply" = yes ]; then
  printf 'All is granted. A token that AuthPulse holds already lacks what is new: restart it, or wait for up to a day.\n'
else
  printf 'Nothing is missing.\n'
fi
