import SQJobsCore

extension CredentialChain {
    /// The chain that AWS's own tools go through: environment, web identity, shared files, container, EC2 machine.
    ///
    /// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
    ///
    /// - Parameters:
    ///   - settings: What the environment and the files say.
    ///   - metadata: The service of an EC2 machine.
    ///   - region: The region whose Security Token Service is asked.
    ///   - surroundings: What reads, runs, sends and tells the time.
    static func standard(
        settings: AWSSettings, metadata: InstanceMetadata, region: String, surroundings: AWSAccess.Surroundings
    ) -> CredentialChain {
        let roles = RoleTaking(
            service: {
                SecurityTokenService(
                    endpoint: try EndpointRules(settings: settings).endpoint(of: .sts, region: region),
                    region: region, transport: surroundings.transport, clock: surroundings.clock)
            }, reader: surroundings.reader, clock: surroundings.clock)

        let environment = EnvironmentCredentials(variables: settings.variables)
        let container = ContainerCredentials(
            variables: settings.variables, reader: surroundings.reader,
            transport: RetryingTransport(surroundings.transport, clock: surroundings.clock, attempts: 3))
        let instance = InstanceCredentials(metadata: metadata)
        let process = CredentialProcess(
            variables: settings.variables, runner: surroundings.runner, clock: surroundings.clock)
        let profile = ProfileCredentials(
            files: settings.files, profileName: settings.profileName, roles: roles, process: process,
            places: ["Environment": environment, "EcsContainer": container, "Ec2InstanceMetadata": instance])

        let web = WebIdentityCredentials(variables: settings.variables, roles: roles)
        // Whoever names a profile in code means it; a profile in AWS_PROFILE gives way to keys in the environment.
        let first: [any CredentialSource] = settings.isProfileExplicit ? [] : [environment, web]
        return CredentialChain(first + [profile, container, instance])
    }
}
