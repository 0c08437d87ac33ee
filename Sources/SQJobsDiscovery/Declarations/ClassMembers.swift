/// What discovery wants to know of what stands in a class's body and its extensions.
struct ClassMembers: Hashable {
    var initialisers: [Initialiser] = []
    var overridesRun = false
    var name: PropertyValue?
    var schedule: PropertyValue?
    var timeZone: PropertyValue?

    mutating func merge(_ other: Self) {
        initialisers += other.initialisers
        overridesRun = overridesRun || other.overridesRun
        name = name ?? other.name
        schedule = schedule ?? other.schedule
        timeZone = timeZone ?? other.timeZone
    }
}
