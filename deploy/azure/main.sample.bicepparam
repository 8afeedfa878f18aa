using './main.bicep'

param registryName = 'contosoauthpulse'
param image = 'authpulse:0.1.0'

// Read from the environment of whoever deploys, so that it stands in no file.
param postgresPassword = readEnvironmentVariable('POSTGRES_PASSWORD')

param settings = {
  ACCESS_REPORTS: 'group:00000000-0000-0000-0000-000000000000 (SSPR report readers)'
}
