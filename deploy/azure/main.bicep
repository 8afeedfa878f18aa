// AuthPulse on Azure Container Apps with PostgreSQL, an Azure Bot and a managed identity instead of a secret.
// docs/hosting.md says how to deploy it. The Graph permissions are granted afterwards, by
// deploy/grant-graph-permissions.sh, because only an Entra administrator may do that.

targetScope = 'resourceGroup'

@description('Begins the names of all resources.')
@minLength(3)
@maxLength(20)
param name string = 'authpulse'

@description('Region of all resources but the bot, which is global.')
param location string = resourceGroup().location

@description('Name of a container registry in this resource group that holds the image.')
param registryName string

@description('The image within the registry, with its tag.')
param image string

@description('Password of the database. Nobody types it: make a long random one.')
@secure()
@minLength(16)
param postgresPassword string

@description('With 2 the bot goes on while one is replaced; docs/operations.md says what replicas do not share.')
@minValue(1)
@maxValue(5)
param replicas int = 1

@description('F0 is free and enough for Teams; S1 has an agreement on availability.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('Further settings of .env.sample, for example { ACCESS_REPORTS: \'group:<object id>\' }. No secrets.')
param settings object = {}

var unique = '${name}-${uniqueString(resourceGroup().id)}'
var port = 3978
var databaseUser = 'authpulse'
// learn.microsoft.com/azure/role-based-access-control/built-in-roles: AcrPull
var pullRole = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

var fixedSettings = [
  { name: 'PORT', value: string(port) }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppId', value: identity.properties.clientId }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'DATABASE_URL', secretRef: 'database-url' }
]
var ownSettings = [for item in items(settings): { name: item.key, value: string(item.value) }]

// The bot, and the application that reads Graph: one identity, and no secret that could leak or run out.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, pullRole)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullRole)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2022-10-01' = {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

// The database is reached from this network alone.
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.42.0.0/22'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.42.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.42.2.0/28'
          // The server keeps its log of writes there; Azure adds it where it is missing.
          serviceEndpoints: [{ service: 'Microsoft.Storage' }]
          delegations: [
            { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
    ]
  }

  resource appsSubnet 'subnets' existing = {
    name: 'apps'
  }

  resource databaseSubnet 'subnets' existing = {
    name: 'database'
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
}

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: name
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: unique
  location: location
  sku: {
    name: 'Standard_B1ms'
    tier: 'Burstable'
  }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: postgresPassword
    storage: { storageSizeGB: 32 }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
    network: {
      delegatedSubnetResourceId: network::databaseSubnet.id
      privateDnsZoneArmResourceId: zone.id
    }
  }
  dependsOn: [zoneLink]
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'authpulse'
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

// Azure's default, written down so that nobody takes it away unseen.
resource tlsOnly 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: server
  name: 'require_secure_transport'
  properties: { value: 'ON', source: 'user-override' }
  // The server takes one change at a time.
  dependsOn: [database]
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: { infrastructureSubnetId: network::appsSubnet.id }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        transport: 'http'
        targetPort: port
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: [
        {
          name: 'database-url'
          value: 'postgres://${databaseUser}:${uriComponent(postgresPassword)}@${server.properties.fullyQualifiedDomainName}:5432/${database.name}?sslmode=verify-full'
        }
      ]
    }
    template: {
      // AuthPulse ends within 20 seconds of the signal.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'authpulse'
          image: '${registry.properties.loginServer}/${image}'
          env: concat(fixedSettings, ownSettings)
          resources: { cpu: json('0.5'), memory: '1Gi' }
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              timeoutSeconds: 5
              // 10 is the most that Container Apps takes.
              periodSeconds: 6
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: { minReplicas: replicas, maxReplicas: replicas }
    }
  }
  dependsOn: [pull, tlsOnly]
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: unique
  location: 'global'
  kind: 'azurebot'
  sku: { name: botSku }
  properties: {
    displayName: 'AuthPulse'
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: identity.id
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

@description('For MicrosoftAppId, when the Teams app is packaged.')
output botId string = identity.properties.clientId

@description('For deploy/grant-graph-permissions.sh --principal.')
output principalId string = identity.properties.principalId

output endpoint string = bot.properties.endpoint
